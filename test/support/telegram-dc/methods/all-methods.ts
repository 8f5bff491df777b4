import type { Method } from '../rpc.ts';
import { authMethods } from './auth.ts';
import { bindingMethods } from './binding.ts';
import { changingMethods } from './changing.ts';
import { dialogMethods } from './dialogs.ts';
import { differenceMethods } from './difference.ts';
import { fileMethods } from './files.ts';
import { helpMethods } from './help.ts';
import { historyMethods } from './history.ts';
import { passwordMethods } from './password.ts';
import { peopleMethods } from './people.ts';
import { sendingMethods } from './sending.ts';

export const allMethods: readonly Method[] = [
  ...helpMethods,
  ...authMethods,
  ...bindingMethods,
  ...passwordMethods,
  ...peopleMethods,
  ...dialogMethods,
  ...historyMethods,
  ...sendingMethods,
  ...changingMethods,
  ...differenceMethods,
  ...fileMethods,
];
