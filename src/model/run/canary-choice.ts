/** What `canary: auto` has come to, from the first blocks. */
export type CanaryChoice =
  | { readonly kind: 'open' }
  /** The trials that could decide took turns in a live driver, where nothing is read. */
  | { readonly kind: 'unread' }
  | {
      readonly kind: 'kept' | 'left-out';
      /** The last block that it was decided from. */
      readonly afterBlock: number;
      /** Of the readings and the decisive figure, within configurations and blocks. */
      readonly correlation: number;
      /** Share of the measured time that the readings took. */
      readonly cost: number;
    };
