import type { RelayFault } from './relay.ts';

const hour = 3_600_000;

/** Every recipient is refused for good, in words that servers use. */
export const refuses: RelayFault = ({ draw }) => {
  const answers = [
    { responseCode: 550, message: 'Mailbox unavailable' },
    { responseCode: 553, message: 'Mailbox name not allowed' },
    { responseCode: 554, message: 'Transaction failed' },
  ] as const;
  return { refuse: () => answers[draw.below(answers.length)] };
};

/** Every recipient is put off, again and again. */
export const putsOff: RelayFault = () => ({
  refuse: () => ({ responseCode: 451, message: 'Local error in processing, try again later' }),
});

/** Each recipient is put off once, as a greylisting server does with strangers. */
export const greylists: RelayFault = () => {
  const known = new Set<string>();
  return {
    refuse: (recipient) => {
      if (known.has(recipient)) return undefined;
      known.add(recipient);
      return { responseCode: 451, message: 'Greylisted, try again later' };
    },
  };
};

/** Each mail is taken, and handed over two to three days later by the target's clock: after any deadline. */
export const delays: RelayFault = ({ draw, time }) => ({
  carry: async (mail, pass) => {
    const late = new Date(time.now().getTime() + (49 + draw.below(24)) * hour);
    // A catcher that is gone by then loses the mail, as any relay does in the end.
    time.wake(late, () => pass(mail).catch(() => {}));
  },
});

/** Each mail is handed over two or three times. */
export const duplicates: RelayFault = ({ draw }) => ({
  carry: async (mail, pass) => {
    for (let copies = 2 + draw.below(2); copies > 0; copies--) await pass(mail);
  },
});

/** Each mail waits for the next one, which overtakes it; without a next one, for a minute of the target's clock. */
export const reorders: RelayFault = ({ time }) => {
  let release: (() => Promise<void>) | undefined;
  return {
    carry: async (mail, pass) => {
      const overtaken = release;
      release = undefined;
      if (overtaken) {
        await pass(mail);
        await overtaken();
        return;
      }
      const own = async () => {
        callOff();
        await pass(mail);
      };
      release = own;
      const callOff = time.wake(new Date(time.now().getTime() + hour / 60), async () => {
        if (release !== own) return;
        release = undefined;
        await own().catch(() => {});
      });
    },
  };
};

/** One mail of every two is taken and dropped. */
export const loses: RelayFault = ({ draw }) => {
  const lost = draw.oneOf(2);
  return {
    carry: async (mail, pass) => {
      if (!lost()) await pass(mail);
    },
  };
};
