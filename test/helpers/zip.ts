import { spawnSync } from 'node:child_process';

const program = `
import json, sys, zipfile
path, names = json.load(sys.stdin)
with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zip:
    for name, content in names.items():
        zip.writestr(name, bytes.fromhex(content))
`;

/** Makes a zip with these files. */
export function zipOf(path: string, files: Readonly<Record<string, string | Buffer>>): void {
  const names = Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString('hex')]),
  );
  const input = JSON.stringify([path, names]);
  const { status, stderr } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
