package io.plumbline.pipeline.file;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.WrittenForm;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes probes as YAML that is read back as the same probes. */
public final class ProbeYaml {
    /** A mapping or list of single values stands on one line up to about this length. */
    private static final int MAX_ON_ONE_LINE = 100;

    private ProbeYaml() {}

    /** A file of probes, under the one key {@code probes}. */
    public static String file(List<Probe> probes) {
        List<Map<String, Object>> maps = probes.stream().map(WrittenForm::map).toList();
        return write(Map.of("probes", maps), FlowStyle.BLOCK, maps);
    }

    /** One probe as lines that begin at the margin, each ended. */
    static String probe(Probe probe) {
        return write(WrittenForm.map(probe), FlowStyle.BLOCK, List.of());
    }

    /** {@code key: value} as lines that begin at the margin, each ended. */
    public static String entry(String key, Object value) {
        return write(Map.of(key, value), FlowStyle.BLOCK, List.of());
    }

    /** One probe on one line, in braces. */
    static String onOneLine(Probe probe) {
        return write(WrittenForm.map(probe), FlowStyle.FLOW, List.of()).strip();
    }

    /** @param blocks what stands on lines of its own, however short, as the whole does */
    private static String write(Map<String, ?> whole, FlowStyle style, List<Map<String, Object>> blocks) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(style);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        options.setSplitLines(false);
        options.setAllowUnicode(true);
        options.setDereferenceAliases(true);
        Set<Object> onLines = Collections.newSetFromMap(new IdentityHashMap<>());
        onLines.add(whole);
        onLines.addAll(blocks);
        return new Yaml(
                        new SafeConstructor(new LoaderOptions()),
                        new Lines(options, onLines),
                        options,
                        new OnIsNoTruth())
                .dump(whole);
    }

    /** {@code on} is a key of ours and needs no quotes: of YAML's many words for truth readers of today know two. */
    private static final class OnIsNoTruth extends Resolver {
        private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");

        @Override
        public void addImplicitResolver(Tag tag, Pattern form, String first, int limit) {
            boolean isTruth = tag.equals(Tag.BOOL);
            super.addImplicitResolver(tag, isTruth ? TRUTH : form, isTruth ? "tTfF" : first, limit);
        }
    }

    /** Texts of several lines in double quotes, which need no indentation; small values in braces. */
    private static final class Lines extends Representer {
        private final Set<Object> onLines;

        Lines(DumperOptions options, Set<Object> onLines) {
            super(options);
            this.onLines = onLines;
        }

        @Override
        protected Node representScalar(Tag tag, String value, ScalarStyle style) {
            boolean severalLines = value.lines().skip(1).findAny().isPresent() || value.endsWith("\n");
            return super.representScalar(tag, value, severalLines ? ScalarStyle.DOUBLE_QUOTED : style);
        }

        @Override
        protected Node representMapping(Tag tag, Map<?, ?> mapping, FlowStyle style) {
            FlowStyle chosen = onLines.contains(mapping) ? style : style(mapping.values(), mapping.toString(), style);
            return super.representMapping(tag, mapping, chosen);
        }

        @Override
        protected Node representSequence(Tag tag, Iterable<?> sequence, FlowStyle style) {
            Collection<?> items = (Collection<?>) sequence;
            return super.representSequence(tag, sequence, style(items, items.toString(), style));
        }

        private static FlowStyle style(Collection<?> parts, String text, FlowStyle style) {
            boolean isFlat = parts.stream().noneMatch(part -> part instanceof Map || part instanceof Collection);
            return isFlat && text.length() <= MAX_ON_ONE_LINE ? FlowStyle.FLOW : style;
        }
    }
}
