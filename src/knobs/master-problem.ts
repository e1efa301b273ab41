const host = '[A-Za-z0-9_.-]+|\\[[0-9a-fA-F:]+\\]';
const threads = '(\\*|[1-9]\\d{0,3})';

/** The forms that Spark's own documentation lists ("Master URLs"); a cluster manager of a plug-in needs --force. */
const forms: readonly RegExp[] = [
  /^local$/,
  new RegExp(`^local\\[${threads}(, *[1-9]\\d{0,3})?\\]$`),
  /^local-cluster\[ *[1-9]\d{0,3} *, *[1-9]\d{0,3} *, *[1-9]\d{0,6} *\]$/,
  new RegExp(`^spark://(${host}):\\d{1,5}(,(${host}):\\d{1,5})*$`),
  /^yarn$/,
  /^k8s:\/\/[^\s-][^\s]*$/,
];

/** What is wrong with a value of `spark.master`; undefined if Spark takes it. */
export function masterProblem(master: string): string | undefined {
  return forms.some((form) => form.test(master)) && portsOf(master).every(isPort)
    ? undefined
    : 'none of local, local[N], local[*], local[N,FAILURES], local-cluster[N,CORES,MB], spark://HOST:PORT, yarn and k8s://URL';
}

function portsOf(master: string): number[] {
  if (!master.startsWith('spark://')) return [];
  return [...master.matchAll(/:(\d+)(?=,|$)/g)].map((match) => Number(match[1]));
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535;
}
