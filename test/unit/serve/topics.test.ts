import { expect } from 'chai';
import { messageView } from '../../../src/kafka/browse/message-view.js';
import { topicPage } from '../../../src/report/live/topic-page.js';
import { topicsPage } from '../../../src/report/live/topics-page.js';
import { askedPlace } from '../../../src/serve/routes/asked-place.js';

const place = { partition: 1, offset: 7, timestamp: Date.parse('2026-01-31T20:00:00Z'), key: null };
const shown = (value: string | Buffer) => messageView(Buffer.from(value as string), place);

describe('a message', () => {
  it('is laid out if it is JSON, and else shown as it is', () => {
    expect(shown('{"a":[1],"b":"x"}')).to.include({
      value: '{\n  "a": [\n    1\n  ],\n  "b": "x"\n}',
      form: 'json',
      isCut: false,
    });
    expect(shown('plain, 夜')).to.include({ value: 'plain, 夜', form: 'text', bytes: 10 });
    expect(shown('12')).to.include({ form: 'text' });
    expect(shown('')).to.include({ value: '', form: 'text', bytes: 0 });
  });

  it('is cut if it is huge, between two characters', () => {
    const huge = shown(`x${'夜'.repeat(400_000)}`);
    expect(huge).to.include({ form: 'text', isCut: true, bytes: 1_200_001 });
    expect(huge.value)
      .to.match(/^x夜+$/)
      .and.to.have.length.lessThan(1_400);
    expect(shown(`[${'1,'.repeat(9_000)}1]`)).to.include({ form: 'text', isCut: true });
  });

  it('is shown in hexadecimal digits if it is no text', () => {
    expect(shown(Buffer.from([0xff, 0x00, 0x1b]))).to.include({
      value: 'ff 00 1b',
      form: 'binary',
    });
    expect(shown(Buffer.alloc(5_000, 0xfe)).value).to.have.length(256 * 3 - 1);
  });
});

describe('the page of a topic', () => {
  const topic = { name: 'calls', partitions: [{ partition: 1, earliest: 5, latest: 90 }] };
  const common = { topic, partition: 1, time: '', limit: 20 };

  it('shows messages that hold HTML as text', () => {
    const evil = '</code></pre><script>alert(1)</script><img src=x onerror=alert(2)>';
    const key = Buffer.from('<b onmouseover=alert(3)>');
    const messages = [
      messageView(Buffer.from(evil), { ...place, key }),
      shown(JSON.stringify({ evil })),
    ];
    const page = topicPage({ ...common, offset: 7, messages });
    expect(page).not.to.match(/<script>|<img|<b /);
    expect(page).to.contain('&lt;script&gt;alert(1)');
    const asked = topicPage({ ...common, offset: 7, messages: [], time: '"><script>alert(4)' });
    expect(asked).not.to.contain('"><script>');
  });

  it('leads to what comes before and after', () => {
    const page = topicPage({ ...common, offset: 30, messages: [{ ...shown('x'), offset: 49 }] });
    for (const offset of [5, 10, 50, 70])
      expect(page).to.contain(`?partition=1&offset=${String(offset)}"`);
    expect(page).to.contain('holds the offsets 5 to\n        89');
    const all = topicPage({ ...common, offset: 5, messages: [] });
    expect(all).to.contain('There is no message').and.not.to.contain('>First<');
  });

  it('lists topics with their records', () => {
    const page = topicsPage({ servers: 'localhost:9092', topics: [topic], more: ['more.1'] });
    expect(page).to.contain('href="/topics/calls"').and.to.contain('href="/topics/more.1"');
    expect(page).to.contain('>85<').and.to.contain('1: 5 to 90');
  });
});

describe('the place in a topic that an address asks for', () => {
  const topic = {
    name: 'calls',
    partitions: [
      { partition: 0, earliest: 0, latest: 9 },
      { partition: 1, earliest: 5, latest: 90 },
    ],
  };
  const asked = (query: Record<string, string>) => askedPlace(topic, query);

  it('is the beginning of the first partition, unless it says more', () => {
    expect(asked({})).to.include({ partition: 0, offset: 0, problem: undefined });
    expect(asked({ partition: '1' })).to.include({ partition: 1, offset: 5 });
    expect(asked({ partition: '1', offset: '40' })).to.include({ partition: 1, offset: 40 });
  });

  it('is moved into the partition', () => {
    expect(asked({ partition: '1', offset: '0' }).offset).to.equal(5);
    expect(asked({ partition: '1', offset: '9999' }).offset).to.equal(90);
  });

  it('may be a time, in UTC if it says no more', () => {
    const at = Date.parse('2026-01-31T20:00:00Z');
    for (const time of ['2026-01-31T20:00:00', '2026-01-31 20:00', '2026-01-31T21:00:00+01:00']) {
      expect(asked({ time }).at, time).to.equal(at);
    }
    expect(asked({ time: 'yesterday' }).problem).to.contain('no time');
  });

  it('is refused where it makes no sense', () => {
    expect(asked({ partition: '7' }).problem).to.equal('The topic has no partition 7.');
    for (const offset of ['x', '-1', '1e3', '0x10', '9'.repeat(30)]) {
      expect(asked({ offset }).problem, offset).to.contain('no offset');
    }
  });
});
