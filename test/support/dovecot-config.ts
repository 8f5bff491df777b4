import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';

export type DovecotLayout = {
  readonly dir: string;
  readonly ports: { readonly imap: number; readonly imaps: number; readonly lmtp: number };
  readonly sentFolder: string;
  readonly separator: string;
  readonly extra: string;
};

/** Who owns the letters on disk: Dovecot refuses to serve mail as root, so root hands them to Debian's `mail`. */
export function mailOwner(): { readonly asRoot: boolean; readonly uid: number; readonly gid: number } {
  const { uid, gid } = userInfo();
  return uid === 0 ? { asRoot: true, uid: 8, gid: 8 } : { asRoot: false, uid, gid };
}

/** A Dovecot 2.3 configuration that touches nothing outside its folder. */
export function dovecotConfig({ dir, ports, sentFolder, separator, extra }: DovecotLayout): string {
  const owner = mailOwner();
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <${dir}/cert.pem
ssl_key = <${dir}/key.pem
disable_plaintext_auth = no
mail_location = maildir:~/maildir
first_valid_uid = ${owner.uid}
first_valid_gid = ${owner.gid}
mail_max_userip_connections = 100
${owner.asRoot ? '' : ownAccounts()}
passdb {
  driver = dict
  args = ${dir}/passwords.conf
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${dir}/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = ${separator}
  mailbox "${sentFolder}" {
    auto = subscribe
    special_use = \\Sent
  }
}
service imap-login {
  chroot =
  process_min_avail = 1
  service_count = 0
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service lmtp {
  process_min_avail = 1
  user = ${owner.asRoot ? 'root' : userInfo().username}
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service stats {
  chroot =
}
# Without these two a wrong password costs seconds, and the next right one more.
auth_failure_delay = 0
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
${extra}
`;
}

/** A file per user, read at each login; a passwd-file is looked at once a second at most. */
export function passwordLookup(dir: string): string {
  return `
uri = fs:posix:prefix=${dir}/users/
key passdb {
  key = %u
  format = json
}
passdb_objects = passdb
`;
}

function ownAccounts(): string {
  const user = userInfo().username;
  const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  return `default_internal_user = ${user}\ndefault_internal_group = ${group}\ndefault_login_user = ${user}\n`;
}
