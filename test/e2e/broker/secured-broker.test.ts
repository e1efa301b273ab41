import { expect } from 'chai';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { listTopics, createTopic, describeTopic } from '../../../src/kafka/topics.js';
import { testHost } from '../../helpers/test-host.js';
import { makeCertificates } from '../../helpers/certificates.js';
import { realToolchain } from '../../helpers/real-broker.js';
import { guest, loginAs, securedBroker, tuner } from '../../helpers/secured-broker.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('x', () => {
  const folder = temporaryFolder();
  it('y', async () => {
    const { java } = await realToolchain();
    mkdirSync(join(folder, 'tls'));
    const good = await makeCertificates(join(folder, 'tls'), { java: java.home, name: 'good' });
    const expired = await makeCertificates(join(folder, 'tls'), {
      java: java.home,
      name: 'expired',
      days: 1,
    });
    const { signal } = testHost().host;
    for (const certs of [good, expired]) {
      await using broker = await securedBroker(join(folder, certs === good ? 'g' : 'e'), certs);
      const { servers } = broker.endpoint;
      const dump = async (what: string, security: any) => {
        const t = Date.now();
        try {
          const c = { endpoint: { servers, security }, signal };
          const r = await listTopics(c);
          console.log(what, 'OK', r);
          if (what.startsWith('good')) {
            await createTopic(c, { name: 't', partitions: 2 });
          }
          console.log(await describeTopic(c, 't'));
        } catch (e: any) {
          const chain = [];
          for (let x = e; x; x = x.cause ?? x.errors?.[0])
            chain.push([x.name, x.code, x.type, x.message]);
          console.log(what, Date.now() - t, JSON.stringify(chain, null, 1));
        }
      };
      await dump('good', loginAs(certs, tuner));
      if (certs === expired) continue;
      await dump('sha256', {
        ...loginAs(certs, tuner),
        sasl: { mechanism: 'SCRAM-SHA-256', username: 'tuner', password: tuner.password },
      });
      await dump('plain', {
        ...loginAs(certs, tuner),
        sasl: { mechanism: 'PLAIN', username: 'tuner', password: tuner.password },
      });
      await dump('plain wrong', {
        ...loginAs(certs, tuner),
        sasl: { mechanism: 'PLAIN', username: 'tuner', password: 'wrong' },
      });
      await dump('wrong password', loginAs(certs, { ...tuner, password: 'wrong' }));
      await dump('guest', loginAs(certs, guest));
      await dump('foreign', loginAs(expired, tuner));
      await dump('no ca', { ...loginAs(certs, tuner), tls: {} });
      await dump('plaintext', { protocol: 'PLAINTEXT' });
      await dump('sasl_plaintext', {
        protocol: 'SASL_PLAINTEXT',
        sasl: loginAs(certs, tuner).sasl,
      });
      await dump('ssl no sasl', { protocol: 'SSL', tls: loginAs(certs, tuner).tls });
    }
  });
});
