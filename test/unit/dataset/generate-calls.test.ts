import { expect } from 'chai';
import { generateCalls } from '../../../src/dataset/generate-calls.js';
import { callFields, readSample, type PoliceCall } from '../../../src/dataset/police-call.js';

const sample = readSample();
const make = (records: number, seed: number) =>
  [...generateCalls({ sample, records, seed })].map((b) => JSON.parse(b.toString()) as PoliceCall);

describe('generateCalls', () => {
  const calls = make(20_000, 5);

  it('writes the fourteen fields in the order of the real data', () => {
    expect(Object.keys(calls[0]!)).to.deep.equal([...callFields]);
    expect(Object.keys(sample[0]!)).to.deep.equal([...callFields]);
  });

  it('never lets event time go back, over any number of passes', () => {
    const times = calls.map((call) => call.call_date_time);
    expect(times).to.deep.equal([...times].sort());
    expect(times.at(-1)! > times[0]!).to.equal(true);
  });

  it('keeps the dates of a call consistent', () => {
    for (const call of calls.slice(0, 2_000)) {
      expect(call.call_date_time.slice(0, 10)).to.equal(call.call_date.slice(0, 10));
      expect(call.call_date_time.slice(11, 16)).to.equal(call.call_time);
    }
  });

  it('has the crime types and dispositions of the sample in their real shares', () => {
    const share = (from: readonly PoliceCall[], type: string, disposition: string) =>
      from.filter((c) => c.original_crime_type_name === type && c.disposition === disposition)
        .length / from.length;
    for (const [type, disposition] of [
      ['Passing Call', 'HAN'],
      ['Traffic Stop', 'CIT'],
    ] as const) {
      const real = share(sample, type, disposition);
      expect(real).to.be.greaterThan(0.01);
      expect(share(calls, type, disposition)).to.be.closeTo(real, 0.01);
    }
  });

  it('gives the same calls for the same seed, others for another, and unique ids', () => {
    expect(make(700, 5)).to.deep.equal(calls.slice(0, 700));
    expect(make(700, 6)).not.to.deep.equal(calls.slice(0, 700));
    expect(new Set(calls.map((call) => call.crime_id)).size).to.equal(calls.length);
  });

  it('lets event time follow a rate, whatever the sample says', () => {
    const options = { sample, records: 1_000, seed: 5 };
    const times = [...generateCalls({ ...options, eventRate: 8 })].map((record) =>
      Date.parse(`${(JSON.parse(record.toString()) as PoliceCall).call_date_time}Z`),
    );
    expect(times.every((at, index) => at - times[0]! === 125 * index)).to.equal(true);
  });
});
