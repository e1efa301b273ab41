import { levelText } from '../../../model/knob.js';
import type { Interaction, Interactions } from '../../../model/detail/interaction.js';
import { code, sentence, type Sentence } from '../sentence.js';

/** `a=1 with b=2`. */
export function pairText({ first, second }: Interaction): string {
  return [first, second].map(({ key, level }) => `${key}=${levelText(level)}`).join(' with ');
}

/** What a run can say about interactions: that these are estimates, or why there are none. */
export function interactionsSentence({ kind }: Interactions): Sentence {
  switch (kind) {
    case 'one-factor':
      return ['Interactions: there are none to see, because the run varies only one factor.'];
    case 'one-at-a-time':
      return sentence`Interactions: this run changes one factor at a time, so it cannot tell how two changes act together; ${code('design.kind: grid')} would.`;
    case 'not-measured':
      return [
        'Interactions: no block has two changes both alone and together, so nothing can be said about how they act together.',
      ];
    case 'estimated':
      return [
        'Interactions are estimates: they are not among what the run tests, so nothing is claimed about them.',
      ];
  }
}
