import type { ImapServer } from 'hoodiecrow-imap';

/**
 * IDLE (RFC 2177) for hoodiecrow. Its own plugin leaves a half-hour timer behind each dropped connection and goes on
 * announcing letters in the middle of later commands.
 */
export function idlePlugin(server: ImapServer): void {
  server.registerCapability('IDLE');
  server.setCommandHandler('IDLE', (connection, command, data, done) => {
    const answer = (word: string, text: string) =>
      connection.send(
        { tag: command.tag, command: word, attributes: [{ type: 'TEXT', value: text }] },
        'IDLE',
        command,
        data,
      );
    if (connection.state === 'Not Authenticated') {
      answer('NO', 'Log in first');
      done();
      return;
    }
    connection.directNotifications = true;
    connection.inputHandler = (line) => {
      connection.inputHandler = false;
      connection.directNotifications = false;
      if (line.trim().toUpperCase() === 'DONE') answer('OK', 'Idle done');
      else answer('BAD', 'Expected DONE');
    };
    connection.socket?.write('+ idling\r\n');
    connection.processNotifications();
    done();
  });
}
