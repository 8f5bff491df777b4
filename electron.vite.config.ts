import { join } from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const source = (path: string): string => join(import.meta.dirname, 'src', path);

/** Both shells and the page come from one build; `--mode demo` adds the entries of the training and nothing else. */
export default defineConfig(({ mode }) => {
  const demo = mode === 'demo';
  const out = (part: string): string => join(import.meta.dirname, demo ? 'out-demo' : 'out', part);

  return {
    main: {
      build: {
        outDir: out('main'),
        // The training servers bring their own older libraries and must find those, so they stay outside too.
        externalizeDeps: { include: demo ? ['hoodiecrow-imap', 'smtp-server'] : [] },
        rolldownOptions: {
          input: {
            index: source('main/index.ts'),
            host: source('host/main.ts'),
            'parse-worker': source('core/mail/parse-worker.ts'),
            'table-worker': source('core/assets/import/table-worker.ts'),
            'paper-worker': source('core/dossier/paper-worker.ts'),
            ...(demo
              ? {
                  demo: source('host/demo.ts'),
                  rehearsal: source('host/rehearsal.ts'),
                  training: source('main/training.ts'),
                }
              : {}),
          },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: {
      build: {
        outDir: out('preload'),
        // A sandboxed preload can require electron and nothing from node_modules.
        externalizeDeps: false,
        rolldownOptions: {
          input: { index: source('preload/index.ts') },
          // A sandboxed preload may not be a module.
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
    renderer: {
      root: source('renderer'),
      // Less to read and to compile before the first paint.
      build: {
        outDir: out('renderer'),
        minify: true,
        rolldownOptions: { input: source('renderer/index.html') },
      },
      plugins: [react()],
    },
  };
});
