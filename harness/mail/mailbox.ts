/** One mail as a mailbox holds it; what it says is read by `decode` of message.ts. */
export type ReceivedMail = {
  /** The mailbox's own id: the same mail has the same id in every look. */
  id: string;
  /** Envelope sender, empty for the null sender. */
  sender: string;
  /** Envelope recipients, as the sender wrote them. */
  recipients: string[];
  /** Every byte, from the first header to the CRLF that ends the last line. */
  raw: Buffer;
  /** When the mailbox took it, on the mailbox's clock. */
  receivedAt: Date;
};

/** What Guichet needs of any mailbox. All of it throws `GUICHET_MAILBOX_UNREACHABLE` rather than miss a mail. */
export type Mailbox = {
  /** The mails whose envelope names exactly this address, oldest first. */
  mailsTo(address: string): Promise<ReceivedMail[]>;
  /** Every mail, oldest first. */
  all(): Promise<ReceivedMail[]>;
  /**
   * The mails that came after the first `seen` of all, oldest first; absent where a mailbox can but list everything.
   */
  newest?(seen: number): Promise<ReceivedMail[]>;
  /**
   * Resolves as soon as `count` mails to the address are there, pushed by the mailbox; after `timeoutMs`
   * milliseconds with what there is then.
   */
  waitFor(address: string, count: number, timeoutMs: number): Promise<ReceivedMail[]>;
  close(): Promise<void>;
};
