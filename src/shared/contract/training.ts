import { z } from 'zod';
import { query, task } from '../rpc/define.ts';
import { done, empty } from './common.ts';

/** The simulated shift; answers null where the desk is real. */
export const trainingContract = {
  state: query(
    empty,
    z.object({
      shift: z.object({ speed: z.number(), paused: z.boolean(), sent: z.int(), planned: z.int() }).nullable(),
    }),
  ),
  control: task(
    z.strictObject({
      speed: z.number().min(0.25).max(60).optional(),
      paused: z.boolean().optional(),
      burst: z.int().min(1).max(50).optional(),
    }),
    done,
  ),
} as const;
