package io.plumbline.benchmarks.corpus;

import io.plumbline.benchmarks.corpus.JarCounts.Count;
import io.plumbline.benchmarks.inside.InsideJvm;
import io.plumbline.benchmarks.jars.MavenJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Probes the whole corpus and writes the page. Ends with code 1 when there is a single failure. What was interrupted goes on with
 * the first jar that it had not finished, as long as agent and JDK are the same.
 */
public final class CorpusRun {

    private CorpusRun() {}

    /**
     * @param args the list of jars, the page's path, a folder to work in, and parts of names where not all jars are meant
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 3) {
            throw new IllegalArgumentException(
                    "needed are the list of jars, the page to write and a folder to work in");
        }
        Path work = Files.createDirectories(Path.of(args[2]).toAbsolutePath());
        List<CorpusJar> list = CorpusJar.readAll(Path.of(args[0]));
        Path folder = work.resolve("jars");
        new MavenJars(Path.of("..")).copy(list.stream().map(CorpusJar::jar).toList(), folder);
        List<Path> paths =
                list.stream().map(jar -> folder.resolve(jar.fileName())).toList();
        Path java = InsideJvm.javaHome();
        Map<String, String> facts = facts(java);
        forgetOthers(work, facts.toString());
        Corpus corpus = new Corpus(new InsideJvm(java, InsideJvm.builtAgent(), work), work, paths);
        Map<CorpusJar, JarCounts> counted = new LinkedHashMap<>();
        for (CorpusJar jar : list) {
            if (isMeant(jar, List.of(args).subList(3, args.length))) {
                counted.put(jar, prove(corpus, jar, folder));
            }
        }
        Files.writeString(Path.of(args[1]), CorpusPage.markdown(withDate(facts), counted));
        System.exit(counted.values().stream().allMatch(one -> one.get(Count.FAILURES) == 0) ? 0 : 1);
    }

    /** Throws away what was counted with another agent or JDK. */
    private static void forgetOthers(Path work, String facts) throws IOException {
        Path known = work.resolve("facts.txt");
        if (Files.exists(known) && Files.readString(known).equals(facts)) {
            return;
        }
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".properties"))
                    .toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(known, facts);
    }

    private static boolean isMeant(CorpusJar jar, List<String> names) {
        return names.isEmpty() || names.stream().anyMatch(jar.name()::contains);
    }

    private static JarCounts prove(Corpus corpus, CorpusJar jar, Path folder) throws IOException, InterruptedException {
        Path path = folder.resolve(jar.fileName());
        Optional<JarCounts> known = corpus.known(path);
        JarCounts counts = known.isPresent() ? known.get() : corpus.prove(path, 1, "");
        System.out.print(CorpusPage.row(jar.name(), jar.language(), counts));
        counts.failures().forEach(System.out::println);
        return counts;
    }

    private static Map<String, String> facts(Path java) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("JDK", InsideJvm.version(java));
        facts.put("agent jar, SHA-256", sha256(InsideJvm.builtAgent()).substring(0, 16));
        return facts;
    }

    private static Map<String, String> withDate(Map<String, String> facts) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        all.putAll(facts);
        return all;
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
