export const session = {
  title: 'Кто за пультом?',
  text: 'Всё, что вы сделаете, в истории останется под вашим именем.',
  pin: 'ПИН',
  pinFor: 'ПИН, {{name}}',
  signIn: 'Войти',
  lead: 'старший смены',
  dispatcher: 'диспетчер',
  onDuty: 'на смене с {{time}}',
  nobody: 'Людей ещё нет',
  nobodyText: 'Их добавляет первый запуск или файл настроек.',
  failed: 'Список людей не загрузился',
  signedOut: 'Вход закончен',
} as const;
