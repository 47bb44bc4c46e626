/** What the agent's libraries meet in place of the program's logging and management. */
package io.plumbline.agent.quiet;
