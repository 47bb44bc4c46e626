package io.plumbline.pipeline.cli;

import picocli.CommandLine.Option;

/** The set that files belong to, and whether what it has no more is removed. */
final class SetOptions {
    @Option(
            names = "--set",
            paramLabel = "NAME",
            description = "The set these files are; it is kept with each probe. A probe of another set is refused.")
    private String set;

    @Option(
            names = "--prune",
            description = "Remove the probes of the set that the files have no more; never any other. Needs --set.")
    private boolean prune;

    /** What the control plane is asked besides. */
    String query() {
        if (prune && set == null) {
            throw Failure.badInput("--prune removes only what a former apply of the same set made; name it with --set");
        }
        return (set == null ? "" : "&set=" + ApiClient.encoded(set)) + (prune ? "&prune=true" : "");
    }
}
