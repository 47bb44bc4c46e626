package io.plumbline.pipeline.promote;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a permanent line needs.
 *
 * @param imports full class names
 * @param fields declarations for the class, each ended
 * @param lines statements for the probed place
 * @param remarks what a person has to look at: where Java means something else than the probe did, or may not compile
 */
public record Snippet(Set<String> imports, List<String> fields, List<String> lines, List<String> remarks) {
    public Snippet {
        imports = new TreeSet<>(imports);
        fields = List.copyOf(fields);
        lines = List.copyOf(lines);
        remarks = List.copyOf(remarks);
    }

    /** The lines below their remarks, each as a comment. */
    public List<String> commented() {
        List<String> all = new ArrayList<>();
        remarks.forEach(remark -> all.add("// TODO check: " + remark));
        all.addAll(lines);
        return all;
    }

    /** Collects a snippet. Threads: one. */
    static final class Draft {
        final Set<String> imports = new TreeSet<>();
        final List<String> fields = new ArrayList<>();
        final List<String> lines = new ArrayList<>();
        final Collection<String> remarks = new LinkedHashSet<>();

        Snippet done() {
            return new Snippet(imports, fields, lines, List.copyOf(remarks));
        }
    }
}
