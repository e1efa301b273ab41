import { execa } from 'execa';
import { join } from 'node:path';

/** Files of a certificate authority and of what it has signed, in a folder. */
export interface Certificates {
  /** PEM. */
  readonly ca: string;
  /** A key store of the type PKCS12 for a broker at 127.0.0.1. */
  readonly keyStore: string;
}

/** The password of every key store; nobody else can read them. */
export const storePassword = 'changeit';

/**
 * Makes an authority and a broker's certificate for 127.0.0.1 with Java's keytool. `days` counts from yesterday, so 1 has
 * expired by now.
 */
export async function makeCertificates(
  folder: string,
  {
    java,
    name,
    days = 30,
  }: { readonly java: string; readonly name: string; readonly days?: number },
): Promise<Certificates> {
  const file = (what: string) => join(folder, `${name}-${what}`);
  const keytool = async (...args: readonly string[]) =>
    await execa(join(java, 'bin', 'keytool'), args, { stdin: 'ignore' });
  const store = (what: string) => [
    ...['-keystore', file(what), '-storetype', 'PKCS12', '-storepass', storePassword],
  ];
  const pair = ['-genkeypair', '-keyalg', 'RSA', '-keysize', '2048', '-startdate', '-1d'];
  await keytool(
    ...[...pair, '-alias', 'ca', '-dname', `CN=${name} authority`, '-ext', 'bc:c'],
    ...['-validity', '30', ...store('ca.p12')],
  );
  const ca = file('ca.pem');
  await keytool('-exportcert', '-rfc', '-alias', 'ca', '-file', ca, ...store('ca.p12'));
  await keytool(
    ...[...pair, '-alias', 'broker', '-dname', 'CN=127.0.0.1', '-validity', '30'],
    ...store('broker.p12'),
  );
  await keytool(
    '-certreq',
    '-alias',
    'broker',
    '-file',
    file('broker.csr'),
    ...store('broker.p12'),
  );
  await keytool(
    ...['-gencert', '-alias', 'ca', '-rfc', '-infile', file('broker.csr')],
    ...['-outfile', file('broker.pem'), '-ext', 'san=ip:127.0.0.1', '-startdate', '-1d'],
    ...['-validity', String(days), ...store('ca.p12')],
  );
  for (const [alias, pem] of [
    ['ca', ca],
    ['broker', file('broker.pem')],
  ] as const) {
    await keytool(
      '-importcert',
      '-noprompt',
      '-alias',
      alias,
      '-file',
      pem,
      ...store('broker.p12'),
    );
  }
  return { ca, keyStore: file('broker.p12') };
}

/** The certificate of a client with its key, signed by the authority of a broker's. Keytool gives out no key, openssl does. */
export async function makeClientCertificate(
  folder: string,
  { java, name }: { readonly java: string; readonly name: string },
): Promise<{ readonly certificate: string; readonly key: string }> {
  const file = (what: string) => join(folder, `${name}-${what}`);
  const [key, request, certificate] = [file('key.pem'), file('client.csr'), file('client.pem')];
  await execa('openssl', [
    ...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=client'],
    ...['-keyout', key, '-out', request],
  ]);
  await execa(join(java, 'bin', 'keytool'), [
    ...['-gencert', '-alias', 'ca', '-rfc', '-infile', request, '-outfile', certificate],
    ...['-keystore', file('ca.p12'), '-storetype', 'PKCS12', '-storepass', storePassword],
  ]);
  return { certificate, key };
}
