/**
 * What keeps the agent out of the program's way: what its libraries meet in place of the program's logging and management, and
 * what its threads do while the program has no memory left.
 */
package io.plumbline.agent.quiet;
