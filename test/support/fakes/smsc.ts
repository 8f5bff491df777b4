import {
  fieldsOf,
  startHttpService,
  type ServiceAnswer,
} from '../../../src/core/training/services/http-service.ts';
import type { RouteScene } from '../route-contract.ts';

type Message = {
  readonly id: string;
  readonly phone: string;
  readonly text: string;
  readonly sender: string;
  status: number;
};

/** SMSC.ru as far as Pult uses it; it knows one login and one key. */
export async function startSmsc() {
  const messages: Message[] = [];
  let scene: RouteScene | 'stranger' | number = 'well';
  const no = (code: number, error: string): ServiceAnswer => ({ body: { error, error_code: code } });

  const send = (fields: Readonly<Record<string, string>>): ServiceAnswer => {
    const { phones = '', mes = '', sender = '', id = '' } = fields;
    if (fields['charset'] !== 'utf-8' || fields['fmt'] !== '3' || mes === '')
      return no(1, 'parameters error');
    if (!/^[1-9]\d{9,14}$/.test(phones) || scene === 'refuses') return no(7, 'invalid number');
    if (typeof scene === 'number') return no(scene, 'told to');
    const wasSent = messages.some(({ phone, text }) => phone === phones && text === mes);
    if (wasSent || scene === 'throttles') return no(9, 'duplicate request, wait a minute');
    messages.push({ id, phone: phones, text: mes, sender, status: -1 });
    if (scene === 'silent') return 'silent';
    if (scene === 'hangs-up') return 'hang-up';
    if (scene === 'garbage') return { body: 'OK - 1 SMS' };
    // The answer to somebody else's request, as a broken proxy gives it.
    if (scene === 'stranger') return { body: { id: 7, cnt: 1 } };
    return { body: { id: Number(id), cnt: 1, cost: '2.50', balance: '97.50' } };
  };

  const service = await startHttpService((request) => {
    const fields = fieldsOf(request);
    const isKnown = (fields['login'] === 'desk' && fields['psw'] === 'secret') || fields['apikey'] === 'key';
    if (scene === 'locked-out' || !isKnown) return no(2, 'authorise error');
    if (request.path === '/sys/send.php') return send(fields);
    if (request.path === '/sys/balance.php') return { body: { balance: '100.00' } };
    const found = messages.find(({ id, phone }) => id === fields['id'] && phone === fields['phone']);
    return { body: found ? { status: found.status, last_date: '04.03.2026 09:00:00' } : { status: -3 } };
  });
  return {
    ...service,
    baseUrl: `${service.url}/sys/`,
    messages,
    /** A number is the code it refuses the next messages with. */
    play: (next: RouteScene | 'stranger' | number) => {
      scene = next;
    },
  };
}
