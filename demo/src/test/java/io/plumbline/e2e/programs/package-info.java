/** Programs that tests run in JVMs of their own. */
package io.plumbline.e2e.programs;
