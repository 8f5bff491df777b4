/** Who somebody is in a messenger, in their panel. */
export const bindings = {
  title: 'Messengers',
  none: 'Bound to no bot. Bind them, and calls come with buttons to answer by.',
  noBots:
    'There is no bot yet. Switch one on in “Settings → Notification channels”, and a link appears here.',
  bound: 'bound {{when}}',
  blocked: 'has blocked the bot {{when}}',
  blockedHint: 'Nothing arrives here until they write to the bot themselves.',
  bind: {
    telegram: 'Bind Telegram',
    max: 'Bind MAX',
    named: 'Bind: {{name}}',
  },
  link: {
    title: 'Link to be bound by: {{name}}',
    steps: 'Show the code to the camera of their phone, or send the link. In the bot they press “Start”.',
    image: 'QR code with the link to the bot',
    address: 'Link',
    copy: 'Copy the link',
    until: 'Works once, until {{time}}.',
    expired: 'The time of the link is over.',
    again: 'New link',
    close: 'Put away',
    done: 'Bound: {{title}}',
  },
  unbind: 'Unbind',
  unbindName: 'Unbind {{title}}',
  unbound: 'Unbound: {{title}}',
  nameless: 'without a name',
};
