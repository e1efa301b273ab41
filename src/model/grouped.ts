/** The values in groups of the same key, in the order in which each key comes first. */
export function grouped<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => unknown,
): Value[][] {
  const groups = new Map<unknown, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return [...groups.values()];
}
