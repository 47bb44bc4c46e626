/** The agent in its own class loader: the composition root, where all parts are wired. */
package io.plumbline.agent;
