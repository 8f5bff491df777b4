import type { Configuration } from 'electron-builder';

const config: Configuration = {
  appId: 'example.pult.desk',
  productName: 'Pult',
  copyright: 'Copyright © 2026 The Pult authors',
  directories: { output: 'dist', buildResources: 'resources' },
  files: [
    'out/**',
    'resources/**',
    'package.json',
    'LICENSE',
    '!**/*.map',
    '!out-demo/**',
    // Node itself comes as packages for each platform; Electron has its own inside.
    '!node_modules/{node,node-linux-*,node-win-*,node-darwin-*,node-bin-*}/**',
    '!node_modules/better-sqlite3/{deps,src,build}/**',
  ],
  // The one native module carries ready N-API files for every platform; there is nothing to rebuild.
  npmRebuild: false,
  asar: true,
  asarUnpack: ['**/*.node'],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ['deb', 'AppImage'],
    icon: 'resources/icons',
    category: 'Office',
    executableName: 'pult',
    syncDesktopName: true,
    synopsis: 'Control desk for dispatchers',
  },
  deb: {
    depends: [
      'libgtk-3-0',
      'libnotify4',
      'libnss3',
      'libxss1',
      'libxtst6',
      'xdg-utils',
      'libatspi2.0-0',
      'libuuid1',
      'libsecret-1-0',
    ],
  },
  win: { target: ['nsis'], icon: 'resources/icons/icon.ico' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: { target: ['dmg'], icon: 'resources/icons/1024x1024.png', category: 'public.app-category.business' },
  // Desks are updated by hand or by the system's own means, never by themselves.
  publish: null,
};

export default config;
