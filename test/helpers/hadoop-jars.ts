import { basename, join } from 'node:path';
import type { Toolchain } from '../../src/model/toolchain.js';
import { acquireLock } from '../../src/process/lock-file.js';
import { cacheFolder } from '../../src/toolchain/cache-folder.js';
import { ensureJars } from '../../src/toolchain/install/ivy-jars.js';
import { sha256Of } from '../../src/toolchain/integrity/kept-files.js';
import { testHost } from './test-host.js';

/** Of the Hadoop that Spark 4.2.0 brings along; the others are what its mini cluster calls and does not hold. */
const dependencies = [
  ['org.apache.hadoop', 'hadoop-client-minicluster', '3.5.0'],
  ['org.junit.jupiter', 'junit-jupiter-api', '5.13.4'],
  ['org.bouncycastle', 'bcpkix-jdk18on', '1.84'],
] as const;

/** The jars that Spark has not, by what they have to be. */
const sums: Readonly<Record<string, string>> = {
  'bcpkix-jdk18on-1.84.jar': 'c87f16ed9e5ec61bc94151e9f3646ac44e50cd448121ce84367fa4b7ec7ec1bb',
  'bcprov-jdk18on-1.84.jar': '64d6c5a6121fcd927152dd182cbed39afe0fda641a970d9bcc0c9cb1858b2731',
  'bcutil-jdk18on-1.84.jar': 'b374e16963421fb9cfb01cc20d7ad8fd2f8b8188e3eef0ec0a8965e245f7619a',
  'hadoop-client-minicluster-3.5.0.jar':
    '06772d24529e59939915979b3edba204d367750ef7dc5120411f35221dd4818c',
  'junit-jupiter-api-5.13.4.jar':
    'd1bb81abfd9e03418306b4e6a3390c8db52c58372e749c2980ac29f0c08278f1',
  'junit-platform-commons-1.13.4.jar':
    '1c25ca641ebaae44ff3ad21ca1b2ef68d0dd84bfeb07c4805ba7840899b77408',
  'opentest4j-1.3.0.jar': '48e2df636cab6563ced64dcdff8abb2355627cb236ef0bf37598682ddf742f1b',
};

/** The jars of Hadoop's mini clusters, downloaded into the cache on first use. Throws INSTALL_FAILED without a network. */
export async function hadoopJars({ java, spark }: Toolchain): Promise<string[]> {
  const { host } = testHost();
  const folder = join(cacheFolder(host), 'hadoop-minicluster-3.5.0');
  const { signal } = host;
  await using _lock = await acquireLock({ file: `${folder}.lock`, timeoutMs: 600_000, signal });
  const jars = await ensureJars({
    ...{ host, java, sparkHome: spark.home, folder, dependencies, keep: Object.keys(sums) },
    onStep: () => undefined,
  });
  if (jars === undefined) throw new Error('Maven Central does not have all of them');
  for (const jar of jars) {
    if ((await sha256Of(jar)) !== sums[basename(jar)]) throw new Error(`${jar} is another one`);
  }
  return jars;
}
