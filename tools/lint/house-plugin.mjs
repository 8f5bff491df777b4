/** Rules of this house that no off-the-shelf linter knows. Oxlint loads it through `jsPlugins`. */

const ambientMembers = new Map([
  ['Date.now', 'Take `clock.now()` from the injected Clock.'],
  ['performance.now', 'Take `clock.elapsed()` from the injected Clock.'],
  ['Math.random', 'Take the injected Random.'],
  ['crypto.randomUUID', 'Take the injected Random and make a uuidv7.'],
  ['process.env', 'Read the environment in a shell and pass the value in.'],
]);

const ambientCalls = new Map([
  ['setTimeout', 'Wait with `clock.sleep(ms, signal)`.'],
  ['setInterval', 'Loop over `clock.sleep(ms, signal)`.'],
  ['setImmediate', 'Yield with `clock.sleep(0, signal)`.'],
]);

const noAmbientTime = {
  meta: {
    type: 'problem',
    docs: { description: 'Time, randomness and environment are handed in.' },
    schema: [],
  },
  create(context) {
    return {
      MemberExpression(node) {
        const name = memberName(node);
        const advice = name === undefined ? undefined : ambientMembers.get(name);
        if (advice) context.report({ node, message: `Ambient ${name}. ${advice}` });
      },
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
          context.report({
            node,
            message: 'Ambient new Date(). Take `clock.now()` from the injected Clock.',
          });
        }
      },
      CallExpression(node) {
        const name = node.callee.type === 'Identifier' ? node.callee.name : globalCallName(node.callee);
        const advice = name === undefined ? undefined : ambientCalls.get(name);
        if (advice) context.report({ node, message: `Ambient ${name}(). ${advice}` });
      },
      ImportDeclaration(node) {
        if (/^(node:)?timers(\/promises)?$/.test(node.source.value)) {
          context.report({ node, message: 'Ambient timers. Wait with `clock.sleep(ms, signal)`.' });
        }
      },
    };
  },
};

/** The only places that talk over raw IPC; everything else sees a Port. */
const ipcHomes = [/(^|\/)src\/main\/electron-port\.ts$/, /(^|\/)src\/preload\//, /\.test\.tsx?$/];

/** The windows of the desk name ipcMain once, to hand it to the port. */
const ipcGiver = /(^|\/)src\/main\/desk-windows\.ts$/;

const noRawIpc = {
  meta: {
    type: 'problem',
    docs: { description: 'ipcMain and ipcRenderer live behind the Port.' },
    schema: [],
  },
  create(context) {
    const file = context.filename.replaceAll('\\', '/');
    if (ipcHomes.some((home) => home.test(file))) return {};
    const message = 'Raw IPC. Only src/main/electron-port.ts and src/preload talk over it; use the Port.';
    return {
      ImportSpecifier(node) {
        if (ipcGiver.test(file) || node.importKind === 'type' || node.parent?.importKind === 'type') return;
        if (node.parent?.source?.value === 'electron' && isIpc(node.imported.name))
          context.report({ node, message });
      },
      MemberExpression(node) {
        const onIpc = node.object.type === 'Identifier' && isIpc(node.object.name);
        const ofElectron = node.object.type === 'Identifier' && node.object.name === 'electron';
        if (onIpc || (ofElectron && !node.computed && isIpc(node.property.name)))
          context.report({ node, message });
      },
    };
  },
};

/** Attributes a person reads or hears. */
const spokenAttributes = new Set(['aria-label', 'aria-description', 'alt', 'title', 'placeholder', 'label']);

const noUntranslatedText = {
  meta: {
    type: 'problem',
    docs: { description: 'Words on the screen come from the dictionaries.' },
    schema: [],
  },
  create(context) {
    const report = (node, text) =>
      context.report({
        node,
        message: `Untranslated text "${text.trim().slice(0, 30)}". Use t('…') and add both words.`,
      });
    return {
      JSXText(node) {
        if (hasWord(node.value)) report(node, node.value);
      },
      JSXExpressionContainer(node) {
        const inElement = node.parent?.type === 'JSXElement' || node.parent?.type === 'JSXFragment';
        const text = inElement ? literalText(node.expression) : undefined;
        if (text !== undefined && hasWord(text)) report(node, text);
      },
      JSXAttribute(node) {
        if (node.name.type !== 'JSXIdentifier' || !spokenAttributes.has(node.name.name) || !node.value)
          return;
        const value = node.value.type === 'JSXExpressionContainer' ? node.value.expression : node.value;
        const text = literalText(value);
        if (text !== undefined && hasWord(text)) report(node, text);
      },
    };
  },
};

/** Lines of a function that are its own: a factory's inner functions are measured by themselves. */
const maxOwnLines = {
  meta: {
    type: 'suggestion',
    docs: { description: 'A function is read in one look.' },
    schema: [{ type: 'object' }],
  },
  create(context) {
    const max = context.options[0]?.max ?? 80;
    const stack = [];
    const enter = () => stack.push(0);
    const leave = (node) => {
      const inner = stack.pop() ?? 0;
      const lines = codeLines(context.sourceCode, node);
      const own = lines - inner;
      if (own > max) {
        context.report({
          node,
          message: `This function has ${own} lines of its own, more than ${max}. Split it by what it does.`,
        });
      }
      if (stack.length > 0) stack.push(stack.pop() + Math.max(0, lines - 1));
    };
    return {
      FunctionDeclaration: enter,
      FunctionExpression: enter,
      ArrowFunctionExpression: enter,
      'FunctionDeclaration:exit': leave,
      'FunctionExpression:exit': leave,
      'ArrowFunctionExpression:exit': leave,
    };
  },
};

function codeLines(source, node) {
  const lines = source.getText(node).split('\n');
  return lines.filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line)).length;
}

function memberName(node) {
  if (node.computed || node.property.type !== 'Identifier') return undefined;
  const owner = node.object.type === 'MemberExpression' ? node.object.property : node.object;
  if (owner.type !== 'Identifier') return undefined;
  if (node.object.type === 'MemberExpression' && !isGlobalObject(node.object.object)) return undefined;
  return `${owner.name}.${node.property.name}`;
}

function globalCallName(callee) {
  if (callee.type !== 'MemberExpression' || callee.computed || !isGlobalObject(callee.object))
    return undefined;
  return callee.property.name;
}

function isGlobalObject(node) {
  return node.type === 'Identifier' && ['globalThis', 'window', 'global', 'self'].includes(node.name);
}

function isIpc(name) {
  return name === 'ipcMain' || name === 'ipcRenderer';
}

function literalText(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral') return node.quasis.map((part) => part.value.cooked ?? '').join(' ');
  return undefined;
}

/** One letter alone is a key name or a unit; two in a row are a word. */
function hasWord(text) {
  return /\p{L}{2,}/u.test(text.replaceAll(/&#?\w+;/g, ' '));
}

export default {
  meta: { name: 'house' },
  rules: {
    'no-ambient-time': noAmbientTime,
    'no-raw-ipc': noRawIpc,
    'no-untranslated-text': noUntranslatedText,
    'max-own-lines': maxOwnLines,
  },
};
