export const outbox = {
  title: 'Outbox',
  tabs: { open: 'To decide', all: 'All of this week' },
  group: {
    unknown: 'Not known whether it arrived',
    failed: 'Not sent',
    waiting: 'Waiting to leave',
    sent: 'Sent recently',
  },
  unknownHelp:
    'The connection broke while the letter was being handed over: the server may have taken it or not. Pult looks for it in the Sent folder and does not send it again by itself, so that the recipient does not get two. Look into Sent or call the recipient, and decide.',
  unknownChat:
    'The connection broke while the message was being handed to Telegram. Pult compares with the chat; sending again is safe: Telegram takes no second message of the same.',
  channel: { mail: 'Letter', telegram: 'Telegram' },
  chat: 'Chat: {{title}}',
  noText: 'no text',
  state: {
    queued: 'queued',
    sending: 'sending',
    accepted: 'taken by the server',
    delivered: 'delivered',
    read: 'read',
    acknowledged: 'acknowledged',
    failed: 'not sent',
    unknown: 'unknown',
    cancelled: 'back in drafts',
  },
  why: {
    'recipient-refused':
      'The server did not accept the address of the recipient. Take the letter back and mend the address.',
    'letter-too-large':
      'The letter is larger than the server takes. Take it back and remove some attachments.',
    'letter-refused': 'The server refused the letter. Its words are in the attempts.',
    interrupted:
      'The program stopped while the letter was being handed over. It is kept: look into Sent and decide.',
    restored:
      'The database came from a backup, so nobody knows whether the letter left. It is kept: look into Sent and decide.',
    file: 'The file of an attachment is not on the disk. Take the letter back and attach the file again.',
    'account-removed':
      'The mailbox it was sent from has been removed. Take the letter back and send it from another one.',
    denied: 'The mail server does not let Pult in. The letter waits: check the login in Settings → Mail.',
    'rate-limited': 'The mail server asks to wait. The letter waits, Pult will try again by itself.',
    unavailable: 'The mail server cannot be reached. The letter waits, Pult will try again by itself.',
    upstream: 'The mail server refused. Its words are in the attempts.',
    cancelled: 'Pult was stopped while sending.',
    internal: 'Internal error while sending. The letter is kept; the program log has the details.',
    bounced:
      'The letter came back: it was not delivered to the recipient. The answer of the server is in the attempts.',
  },
  whyChat: {
    interrupted:
      'The program stopped while the message was being handed over. It is kept: Pult compares with the chat once Telegram is there.',
    restored:
      'The database came from a backup, so nobody knows whether the message left. It is kept: look into the chat and decide.',
    file: 'The file is not on the disk. Take the message back and attach the file again.',
    'account-removed':
      'The Telegram account it was sent from has been removed. The text is kept: send it from another.',
    denied:
      'Telegram does not let this account in. The message waits: check the login in Settings → Telegram.',
    'rate-limited': 'Telegram asks to wait. The message waits, Pult will try again by itself.',
    unavailable: 'Telegram cannot be reached. The message waits and leaves by itself, once.',
    upstream: 'Telegram refused. Its words are in the attempts.',
    cancelled: 'Pult was stopped while sending.',
    internal: 'Internal error while sending. The message is kept; the program log has the details.',
  },
  leavesAt: 'leaves at {{time}}',
  attempts_one: '{{count}} attempt',
  attempts_other: '{{count}} attempts',
  column: {
    state: 'State',
    code: 'Code',
    to: 'To',
    subject: 'Subject',
    created: 'Created',
    who: 'Who',
    actions: 'Actions',
  },
  action: {
    takeBack: 'Back to drafts',
    sendAgain: 'Send again',
    settle: 'It arrived',
    attempts: 'Attempts',
    openIncident: 'Open the incident',
  },
  done: {
    takeBack: 'It is a draft again',
    sendAgain: 'It is queued again',
    settle: 'Marked: it arrived',
  },
  attempt: {
    title: 'Attempts to send',
    none: 'No attempts yet.',
    unfinished: 'not finished',
    outcome: {
      accepted: 'the server took it',
      retry: 'did not work, will try again',
      refused: 'refused',
      unknown: 'no answer came',
    },
    answer: 'Answer of the server',
  },
  empty: {
    title: 'Nothing in the outbox',
    text: 'Every letter and message is seen here from “Send” to the answer of the server.',
  },
  noSubject: 'no subject',
};
