/** How far the loading of a topic is, for the moment that it is asked. */
export function loadRate({
  wanted,
  now,
}: {
  readonly wanted: number | undefined;
  readonly now: () => number;
}) {
  const startedAt = now();
  let sent = 0;
  return {
    onProgress: (records: number) => {
      sent = records;
    },
    /** `48,000 of 120,000 records, 16,000/s, about 5 s left`; without the end if nobody knows how many there are. */
    text: (): string => {
      const seconds = (now() - startedAt) / 1_000;
      const perSecond = seconds > 0 ? sent / seconds : 0;
      const of = wanted === undefined ? '' : ` of ${wanted.toLocaleString('en')}`;
      const rate = `${sent.toLocaleString('en')}${of} records, ${Math.round(perSecond).toLocaleString('en')}/s`;
      if (wanted === undefined || perSecond === 0) return rate;
      return `${rate}, about ${Math.ceil(Math.max(0, wanted - sent) / perSecond).toLocaleString('en')} s left`;
    },
  };
}
