import type { Configuration, FileSet } from 'electron-builder';

import desk from './electron-builder.config.ts';

/** The mail servers of the lesson and what they need. The desk has no use for them, so they are no dependencies of its. */
const servers = ['hoodiecrow-imap', 'imap-handler', 'big.js', 'smtp-server', 'punycode.js'];

const ofServer = (name: string): FileSet => ({
  from: `node_modules/${name}`,
  to: `node_modules/${name}`,
  filter: ['**/*', '!{bin,examples,tests}/**', '!*.{jpg,map}', '!Gruntfile.js'],
});

const kept = [desk.files ?? []].flat().filter((part) => part !== 'out/**' && part !== '!out-demo/**');

/** A desk to practise on: a program of its own beside the real one, which can reach no server but its own. */
const config: Configuration = {
  ...desk,
  appId: 'example.pult.training',
  productName: 'Pult Training',
  directories: { ...desk.directories, output: 'dist/training' },
  // The name decides what the system's package is called: with the desk's own name it would replace the desk.
  extraMetadata: {
    name: 'pult-training',
    main: 'out-demo/main/training.js',
    description: 'Training desk for dispatchers: a simulated shift with invented mail and chats',
  },
  files: [
    'out-demo/**',
    // Each is a program of its own; two of them can be pointed at test servers.
    '!out-demo/main/{demo,host,index,rehearsal}.js',
    ...kept,
    ...servers.map(ofServer),
  ],
  // A lesson keeps nothing, and asks for nothing of the system's keyring.
  electronFuses: { ...desk.electronFuses, enableCookieEncryption: false },
  linux: {
    ...desk.linux,
    executableName: 'pult-training',
    synopsis: 'Training desk for dispatchers: a simulated shift, no real mail',
  },
};

export default config;
