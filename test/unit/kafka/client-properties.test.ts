import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readClientProperties } from '../../../src/kafka/client-properties.js';
import { parseProperties } from '../../../src/kafka/parse-properties.js';
import { expectError } from '../../helpers/expect-error.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('a properties file', () => {
  it('is read as Java reads it', () => {
    const text = [
      '# a comment',
      '  ! another',
      'plain=value',
      'spaced : with spaces ',
      'blank value',
      'long=one,\\',
      '   two',
      'back\\=slash=C:\\\\path\\tend',
      'unicode=\\u00e4',
      'empty',
      'twice=first',
      'twice=second',
    ].join('\r\n');
    expect([...parseProperties(text)]).to.deep.equal([
      ['plain', 'value'],
      ['spaced', 'with spaces '],
      ['blank', 'value'],
      ['long', 'one,two'],
      ['back=slash', 'C:\\path\tend'],
      ['unicode', 'ä'],
      ['empty', ''],
      ['twice', 'second'],
    ]);
  });

  it('is read in no time, whatever is in it', () => {
    const started = performance.now();
    parseProperties(`${'a\\'.repeat(100_000)}\n${' '.repeat(200_000)}=`);
    expect(performance.now() - started).to.be.lessThan(1_000);
  });
});

describe('--command-config', () => {
  const folder = temporaryFolder();
  const read = (...lines: readonly string[]) => {
    const file = join(folder, 'client.properties');
    writeFileSync(file, lines.join('\n'));
    return readClientProperties(file);
  };
  const refused = async (lines: readonly string[], text: RegExp) => {
    const { message } = await expectError(read(...lines), 'USAGE');
    expect(message).to.match(text);
  };
  const jaas =
    'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\\n  username="tuner" \\\n  password="a \\\\"b\\\\" = c";';

  it('takes the login and the PEM files of what the tools of Kafka take', async () => {
    const security = await read(
      'security.protocol=SASL_SSL',
      'sasl.mechanism=SCRAM-SHA-512',
      jaas,
      'ssl.truststore.type=PEM',
      'ssl.truststore.location=ca.pem',
      'ssl.keystore.type=PEM',
      'ssl.keystore.location=/own/client.pem',
      'request.timeout.ms=5000',
    );
    expect(security).to.deep.equal({
      protocol: 'SASL_SSL',
      tls: {
        ca: join(folder, 'ca.pem'),
        certificate: '/own/client.pem',
        key: '/own/client.pem',
      },
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'tuner', password: 'a "b" = c' },
    });
    expect(await read('client.id=me')).to.deep.equal({ protocol: 'PLAINTEXT' });
  });

  it('says what it cannot use', async () => {
    await refused(['security.protocol=TLS'], /security\.protocol TLS, which Kafka does not know/);
    await refused(['security.protocol=SASL_SSL'], /sasl\.mechanism GSSAPI; known here are PLAIN/);
    const plain = ['security.protocol=SASL_PLAINTEXT', 'sasl.mechanism=PLAIN'];
    await refused(plain, /no sasl\.jaas\.config with a username/);
    const ssl = ['security.protocol=SSL', 'ssl.truststore.location=/a.jks'];
    await refused(ssl, /truststore of the type JKS, and only PEM/);
    await refused(['security.protocol=SSL', 'ssl.key.password=x'], /ssl\.key\.password, which is/);
    const missing = readClientProperties(join(folder, 'none.properties'));
    expect((await expectError(missing, 'USAGE')).message).to.contain('cannot be read');
  });
});
