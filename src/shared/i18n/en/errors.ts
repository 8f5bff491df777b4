/** What happened, what was kept, what to do. Keys are an AppError's code, then `code.reason`. */
export const error = {
  'invalid-input': 'Something is filled in wrongly. What you typed is kept: check the fields and try again.',
  'invalid-input.no-recipient': 'The letter has no recipient. The draft is kept: add an address.',
  'invalid-input.bad-address': 'The address “{{address}}” is not right. The draft is kept: mend the address.',
  'invalid-input.too-large': 'The file is too large. The limit is {{limitMb}} MB; the rest is kept.',
  'invalid-input.bad-zone': 'There is no such time zone. Choose one from the list.',
  'invalid-input.bad-certificate':
    'This is not a PEM certificate. Paste the whole file with its first and last line.',
  'invalid-input.empty-file': 'The file is empty and was not attached.',
  'not-found': 'It is gone: removed or moved in another window. Refresh the list.',
  'not-found.draft': 'The draft was sent or discarded in another window.',
  'not-found.incident': 'There is no such incident.',
  'not-found.file': 'The file is not on this workstation. Attach it again.',
  'not-found.backup': 'This backup is no longer in the backup folder.',
  conflict:
    'It was changed elsewhere while you were editing. Your text is on the screen: look at the change and try again.',
  'conflict.revision':
    'It was changed elsewhere while you were editing. Your text is on the screen: look at the change and try again.',
  'conflict.colleague-answered': 'A colleague has just answered this letter. Your draft is kept.',
  'conflict.already-left': 'The letter has left and cannot be taken back. If it is wrong, send a correction.',
  'conflict.not-undoable': 'The incident was changed again after this, so it can no longer be undone.',
  'conflict.transition':
    'This status cannot be followed by the chosen one. Transitions are set in Settings → Lists.',
  'conflict.finished': 'The incident is already finished.',
  'conflict.prefix-fixed':
    'The code prefix can be changed only before the first incident. The other settings are saved.',
  'conflict.already-set-up': 'The desk is already set up. Reload the page and sign in.',
  'conflict.account-exists': 'This mailbox is already connected. Open it in the list.',
  'conflict.key-taken': 'This key is taken. Choose another one.',
  'conflict.last-person': 'This is the last active person: without them nobody could sign in.',
  'conflict.on-duty': 'This person is on duty. End their shift first.',
  'conflict.in-use': 'It is in use, so it can only be hidden.',
  denied: 'You may not do this. Nothing was changed.',
  'denied.pin': 'The PIN does not match. Try again.',
  'denied.pin-required': 'A PIN is needed to sign in.',
  'denied.signed-out': 'Your session has ended. What you typed is kept: sign in and go on.',
  'denied.password': 'The mail server refused the password. Enter it again in Settings → Mail.',
  'denied.lead-only': 'Only the shift lead may do this. Nothing was changed.',
  'rate-limited': 'Too often. Wait a little: Pult will try again by itself.',
  'rate-limited.pin': 'Too many wrong PINs. Wait a minute and try again.',
  'rate-limited.logins': 'The mail server asks for fewer logins. Pult will wait and log in by itself.',
  unavailable: 'The server cannot be reached. What you typed is kept; Pult will try again by itself.',
  'unavailable.disconnected':
    'This window has lost Pult. What you typed is on the screen; the connection comes back by itself.',
  'unavailable.disk-full':
    'The disk is full. New letters wait on the server; free some space, reading and answering still work.',
  'unavailable.disk-low': 'The disk is almost full. Free some space before Pult stops taking mail in.',
  'unavailable.database-newer':
    'The database was written by a newer Pult. Update the program: the data is untouched.',
  'unavailable.stopping': 'Pult is stopping. What is saved stays.',
  timeout: 'No answer came in time. What you typed is kept; try again.',
  cancelled: 'Cancelled.',
  upstream: 'The server refused: {{detail}}. What you typed is kept.',
  'upstream.smtp-refused': 'The mail server refused the letter: {{detail}}. The letter stays in the outbox.',
  internal: 'Internal error. What is saved is safe. Tell the developers the number {{ref}}.',
};
