/** What is never read and never leaves a program: names, types, and secrets inside texts. Set by each deployment. */
package io.plumbline.config.redaction;
