import type { Host } from '../model/host.js';
import type { Toolchain } from '../model/toolchain.js';
import { ensureToolchain } from '../toolchain/ensure-toolchain.js';

/** Finds or installs all that a run needs. `onStep` is told of each step that takes time. */
export async function setUp(
  host: Host,
  sparkVersion: string | undefined,
  onStep: (text: string) => void,
): Promise<Toolchain> {
  return await ensureToolchain({
    host,
    onStep,
    ...(sparkVersion === undefined ? {} : { sparkVersion }),
  });
}
