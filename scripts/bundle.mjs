// Puts the compiled program and the libraries that it uses into a few files below dist/bundle. Without that, Node opens up to
// 800 files for one call of the program, half a second of CPU.
import { build } from 'esbuild';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = 'dist/bundle';
const modules = 'node_modules/';

await bundle();

async function bundle() {
  process.chdir(root);
  rmSync(folder, { recursive: true, force: true }); // a file's name has the hash of its content
  const { metafile } = await build({
    entryPoints: ['dist/src/main.js'],
    // As deep as dist/src/process, from where shipped files are found.
    outdir: `${folder}/program`,
    bundle: true,
    splitting: true, // what a command imports late stays on its own
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    legalComments: 'none', // all licences are in one file
    metafile: true,
    // Libraries that are CommonJS ask for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
    },
  });
  writeFileSync(`${folder}/LICENSES.txt`, licencesOf(Object.keys(metafile.inputs)));
}

/** The licences of the libraries that these files belong to, each text once, as their authors ask. */
function licencesOf(files) {
  const places = new Set(files.filter((file) => file.includes(modules)).map(packageOf));
  const byText = new Map();
  for (const place of [...places].sort()) {
    const { title, text } = licenceOf(place);
    byText.set(text, [...(byText.get(text) ?? []), title]);
  }
  const parts = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`);
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** Its folder; of one within another's modules, too. */
function packageOf(file) {
  const at = file.lastIndexOf(modules) + modules.length;
  const [scope, name] = file.slice(at).split('/');
  return `${file.slice(0, at)}${scope.startsWith('@') ? `${scope}/${name}` : scope}`;
}

function licenceOf(place) {
  const { name, version, license } = JSON.parse(readFileSync(`${place}/package.json`, 'utf8'));
  const files = readdirSync(place).filter((one) => /^(licen[cs]e|notice|copying)/i.test(one));
  const texts = files.sort().map((one) => readFileSync(`${place}/${one}`, 'utf8').trim());
  return { title: `${name} ${version} (${license})`, text: texts.join('\n\n') };
}
