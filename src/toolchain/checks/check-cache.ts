import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Check } from '../../model/check.js';
import type { Host } from '../../model/host.js';
import { cacheFolder } from '../cache-folder.js';
import { exists } from '../find-java.js';
import { fileInTheWay } from '../integrity/cache-failure.js';

/** Says whether the cache folder can be made and written. Throws CACHE_UNUSABLE for a path that cannot be one. */
export async function cacheFinding(host: Host): Promise<Omit<Check, 'name'>> {
  const folder = cacheFolder(host);
  const file = await fileInTheWay(folder);
  const fix = 'export STREAMTUNE_CACHE=FOLDER, with a folder that you can write';
  if (file !== undefined) return { status: 'problem', finding: `${folder}: ${file}`, fix };
  let there = folder;
  while (!(await exists(there)) && there !== dirname(there)) there = dirname(there);
  const writable = await access(there, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (writable) return { status: 'ok', finding: there === folder ? folder : `${folder} (new)` };
  const finding = `${there} cannot be written: nothing can be installed or mended in ${folder}`;
  return { status: 'warning', finding, fix };
}
