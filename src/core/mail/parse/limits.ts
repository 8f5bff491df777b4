const kb = 1024;
const mb = 1024 * kb;

/** What one letter may cost; changing `textBytes` changes content hashes of letters longer than it. */
export const limits = {
  /** A larger letter goes to quarantine unread. */
  letterBytes: 100 * mb,
  /** Of each text part; the rest stays in the raw file. */
  textBytes: 2 * mb,
  /** Longer HTML (pictures written into it included) is shown as text. */
  htmlBytes: 6 * mb,
  /** Tags in HTML, and how deep they may stand, before it is shown as text. */
  htmlTags: 60_000,
  htmlDepth: 400,
  calendarBytes: mb,
  tnefBytes: 32 * mb,
  reportBytes: 256 * kb,
  /** All header lines of the letter and its parts together. */
  headerBytes: 2 * mb,
  headerLineBytes: 64 * kb,
  parts: 2000,
  multipartDepth: 50,
  /** Letters within letters. */
  nestedLetters: 10,
  addresses: 1000,
  references: 200,
  subjectChars: 1000,
} as const;
