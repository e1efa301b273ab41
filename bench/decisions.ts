// How many right decisions an hour buys: by the loop that careful people write, and by screening and confirming, cold and in
// sessions. Simulated from costs and noise that are given, through the real design and analysis.
// Usage: npm run bench:decisions [-- --nights N] [--bareSeconds 33 …]   (every input is printed with its source)
//        npm run bench:decisions -- --real BLOCKS                       (a small version on a real Spark, on a quiet machine)
import { readInputs } from './decisions/inputs.js';
import { playReal } from './decisions/real.js';
import { answerOf, type Answer, type Question } from './decisions/simulate.js';
import { waysOf } from './decisions/ways.js';

const questions: readonly Question[] = [
  { candidates: 6, gain: 0.1 },
  { candidates: 6, gain: 0.05 },
];
const args = process.argv.slice(2);
const taken = (name: string): string | undefined => {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
};
const real = taken('--real');
const nights = Number(taken('--nights') ?? 60);

if (real === undefined) simulated();
else {
  print('measured on a real Spark');
  await playReal(Number(real), print);
}

function simulated(): void {
  const { inputs, told } = readInputs(args);
  print(`simulated, ${String(nights)} nights each, from these inputs:`);
  for (const { name, value, source } of told) {
    print(`  --${name.padEnd(18)} ${String(value).padStart(6)}  ${source}`);
  }
  print('Each way has the fewest blocks with which four nights of five are decided rightly.');
  for (const question of questions) {
    const { candidates, gain } = question;
    print(
      `\none of ${String(candidates)} candidates gains ${String(100 * gain)} %, the others are inert`,
    );
    print('  blocks   right   wrong    hours   right an hour   against (a)');
    let first: Answer | undefined;
    for (const [index, way] of waysOf(inputs).entries()) {
      const answer = answerOf(way, question, nights);
      if (index === 0) first = answer;
      print(`${rowOf(answer, first)}   ${way.name}`);
    }
  }
}

function rowOf(answer: Answer | undefined, first: Answer | undefined): string {
  if (answer === undefined) return '  not with 96 blocks'.padEnd(61);
  const { blocks, correct, wrong, hours, perHour } = answer;
  return [
    String(blocks).padStart(8),
    `${(100 * correct).toFixed(0)} %`.padStart(8),
    `${(100 * wrong).toFixed(1)} %`.padStart(8),
    hours.toFixed(2).padStart(9),
    perHour.toFixed(2).padStart(16),
    (first === undefined ? '-' : `${(perHour / first.perHour).toFixed(1)} ×`).padStart(12),
  ].join('');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
