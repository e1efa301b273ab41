import type { Check } from '../../model/check.js';
import type { Host } from '../../model/host.js';
import { toolchainAtHand } from '../../toolchain/ensure-toolchain.js';
import { findArchive } from './find-archive.js';

/** The line of `doctor` on the class archive; none before Spark itself is installed. */
export async function checkArchive(options: {
  readonly host: Host;
  readonly sparkVersion?: string;
  readonly sparkHome?: string;
}): Promise<Check[]> {
  const toolchain = await toolchainAtHand(options).catch(() => undefined);
  if (toolchain === undefined) return [];
  const { version } = toolchain.spark;
  const fix = `streamtune setup --spark-version ${version}`;
  const found = await findArchive(toolchain, options.host);
  const name = 'class archive';
  switch (found.kind) {
    case 'ready':
      return [{ name, status: 'ok', finding: found.archive.id }];
    case 'missing': {
      const finding = 'not made yet; with it, drivers start some seconds earlier';
      return [{ name, status: 'warning', finding, fix }];
    }
    case 'refused':
      return [{ name, status: 'warning', finding: `of no use: ${found.reason}`, fix }];
  }
}
