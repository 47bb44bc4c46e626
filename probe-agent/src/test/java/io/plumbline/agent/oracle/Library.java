package io.plumbline.agent.oracle;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;

/**
 * Libraries from Maven Central that are run under the oracle. Those of their sources that the run is about are compiled anew,
 * for the table of character ranges that published classes do not have; the rest is the published jar.
 */
enum Library {
    COMMONS_LANG(
            StringUtils.class,
            "org.apache.commons.lang3.*",
            "org/apache/commons/lang3/(StringUtils|ArrayUtils|text/WordUtils|math/Fraction|math/NumberUtils|time/DurationFormatUtils"
                    + "|CharSetUtils|CharSet|CharRange|Range|builder/ToStringBuilder|builder/ToStringStyle|builder/HashCodeBuilder"
                    + "|builder/EqualsBuilder|time/FastDatePrinter|RegExUtils|StringEscapeUtils|text/StrBuilder|LocaleUtils"
                    + "|mutable/MutableInt|tuple/Pair|tuple/ImmutablePair|BooleanUtils|ClassUtils|Strings)[.]java"),
    JACKSON_CORE(
            JsonFactory.class,
            "com.fasterxml.jackson.core.*",
            "com/fasterxml/jackson/core/(json|io|util|base)/[A-Za-z]*[.]java");

    /** Has another name in the published jar than in the sources. */
    private static final String SHADED = "ch.randelshofer";

    private final Class<?> any;
    private final String stepped;
    private final String sources;

    Library(Class<?> any, String stepped, String sources) {
        this.any = any;
        this.stepped = stepped;
        this.sources = sources;
    }

    /** The classes to step through. */
    String stepped() {
        return stepped;
    }

    String main() {
        return stepped.replace("*", "OracleRun");
    }

    Sources compile(Path classes) throws IOException, URISyntaxException {
        Map<String, String> texts = new HashMap<>();
        Path jar = jar();
        String name = jar.getFileName().toString().replace(".jar", "-sources.jar");
        try (JarFile file = new JarFile(jar.resolveSibling(name).toFile())) {
            for (var entry : file.stream()
                    .filter(found -> found.getName().matches(sources))
                    .toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    if (!text.contains(SHADED)) {
                        texts.put(entry.getName(), text);
                    }
                }
            }
        }
        String run = OracleTest.resource(name() + ".java");
        texts.put(main().replace('.', '/') + ".java", run);
        return Sources.compile(texts, classPath(classes), classes);
    }

    private Path jar() throws URISyntaxException {
        return Path.of(any.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    String classPath(Path classes) throws URISyntaxException {
        return List.of(classes, jar()).stream()
                .map(Path::toString)
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    List<URL> jars() {
        return List.of(any.getProtectionDomain().getCodeSource().getLocation());
    }
}
