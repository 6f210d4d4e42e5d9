/**
 * Ends this process when the one that started it is gone, however it died: nothing may go on playing, and writing, behind
 * a campaign that somebody has killed. The parent must have given it a pipe as its standard input.
 */
export function endWithParent(): void {
  process.stdin.on('end', () => process.exit(1));
  process.stdin.on('error', () => process.exit(1));
  process.stdin.resume();
  // The pipe alone keeps nothing alive.
  process.stdin.unref();
}
