#!/bin/sh
':' //; i=; for s in HUP INT; do r=$s; trap r= $s; kill -$s $$; i="$i $r"; done; STREAMTUNE_IGNORED_SIGNALS=$i exec node "$0" "$@"

// The line above is for the shell, which alone can tell which signals were ignored when it was started: Node resets them
// before any JavaScript runs. A signal that is not ignored runs its trap, which empties $r. Then Node reads this file
// again; to JavaScript, the line is a string and a comment.
import '../dist/bundle/program/main.js';
