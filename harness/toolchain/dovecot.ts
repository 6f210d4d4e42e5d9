import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, untilListening } from './listening.ts';

export type Dovecot = {
  imapPort: number;
  /** LMTP, where a mail transport would hand over the mails of every address. */
  lmtpPort: number;
  /** Any name signs in to the one mailbox, with this password, over TLS only. */
  password: string;
  /** The certificate of 127.0.0.1, signed by itself. */
  caFile: string;
  stop(): Promise<void>;
};

/** Starts a catch-all Dovecot on free loopback ports, its mails in a folder that `stop` removes. */
export async function startDovecot(command: string[], settings = ''): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-dovecot-'));
  const [imapPort, lmtpPort] = [await freePort(), await freePort()];
  const password = 'secret-of-the-tests';
  const nobody = { uid: 65534, gid: 65534, user: 'nobody', group: 'nogroup' };
  const { uid, gid, username } = userInfo();
  const runner =
    uid === 0
      ? nobody
      : { uid, gid, user: username, group: execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim() };
  const caFile = makeCertificate(folder);
  writeFileSync(
    join(folder, 'dovecot.conf'),
    configuration({ folder, imapPort, lmtpPort, password, runner }) + settings,
  );
  for (const name of ['base', 'state', 'home']) mkdirSync(join(folder, name));
  for (const name of ['', 'base', 'state', 'home', 'key.pem'])
    chownSync(join(folder, name), runner.uid, runner.gid);
  chmodSync(folder, 0o755);

  const [program = '', ...args] = command;
  const child = spawn(program, [...args, '-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
  const ended = once(child, 'close');
  await Promise.all([untilListening(child, imapPort), untilListening(child, lmtpPort)]);
  return {
    imapPort,
    lmtpPort,
    password,
    caFile,
    stop: async () => {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeCertificate(folder: string): string {
  const certificate = join(folder, 'cert.pem');
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-nodes',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', join(folder, 'key.pem'), '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  return certificate;
}

type Settings = {
  folder: string;
  imapPort: number;
  lmtpPort: number;
  password: string;
  runner: { uid: number; gid: number; user: string; group: string };
};

/** Dovecot 2.3: everything under one user, in one folder, with TLS and no plain passwords. */
function configuration({ folder, imapPort, lmtpPort, password, runner }: Settings): string {
  return `
base_dir = ${folder}/base
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap lmtp
default_internal_user = ${runner.user}
default_login_user = ${runner.user}
default_internal_group = ${runner.group}
first_valid_uid = 1
ssl = required
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = yes
mail_location = maildir:${folder}/home/mails
mail_max_userip_connections = 100
mail_fsync = never
lmtp_hdr_delivery_address = final
recipient_delimiter =
auth_username_chars =
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${runner.uid} gid=${runner.gid} home=${folder}/home allow_all_users=yes
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
`;
}
