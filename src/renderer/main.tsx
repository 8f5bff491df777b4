import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { createDesk } from './app/create-desk.ts';
import { connectPort, pageBase } from './lib/rpc.ts';
import './styles/main.css';

const { desk, start } = createDesk({ connect: connectPort, base: pageBase() });
start(new AbortController().signal);

const root = document.querySelector('#root');
if (root) createRoot(root).render(<App desk={desk} />);
