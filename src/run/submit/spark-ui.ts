import { freePorts } from '../../kafka/broker/free-port.js';
import type { Experiment } from '../../model/experiment.js';
import { isSet, type Assignment } from '../../model/knob.js';
import { readEffectiveConf, readUiUrl } from '../../spark/effective-conf.js';

/**
 * The knobs with Spark's user interface on. The launcher asks the session for its address; a jar has no launcher, so its
 * port is chosen here.
 */
export async function withSparkUi(
  knobs: Assignment,
  { kind }: Pick<Experiment['job'], 'kind'>,
): Promise<Assignment> {
  const isChosen = kind === 'jar' && !isSet(knobs, 'spark.ui.port');
  const [port] = isChosen ? await freePorts(1) : [];
  return {
    ...knobs,
    'spark.ui.enabled': true,
    ...(port === undefined ? {} : { 'spark.ui.port': port }),
  };
}

/**
 * The address of the user interface of a trial whose query has started, from the settings of its session; undefined if it
 * has none.
 */
export async function sparkUiUrl(effectiveConf: string): Promise<string | undefined> {
  const told = await readUiUrl(effectiveConf);
  if (told !== undefined) return told;
  const settings = await readEffectiveConf(effectiveConf);
  const port = settings?.['spark.ui.port'];
  if (port === undefined || settings?.['spark.ui.enabled'] !== 'true') return undefined;
  return `http://${settings['spark.driver.host'] ?? '127.0.0.1'}:${port}`;
}
