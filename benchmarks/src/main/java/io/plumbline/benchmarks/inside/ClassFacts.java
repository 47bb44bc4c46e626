package io.plumbline.benchmarks.inside;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * What a class file says of itself, read without the weaver.
 *
 * @param name with dots
 * @param lines a location for each line that an instruction of a method belongs to; bridges are left out, as they repeat
 *     the method they lead to. Compilers also name lines without an instruction: where two stand at one place, the last
 *     one has it.
 * @param mapped of these lines, the ones that only the class's source map tells: inlined from elsewhere
 * @param hasMap whether it has a source map
 * @param nameless numbers in the line table that are no line of any source
 * @param methods names of those with code
 * @param returning names of those of them that return
 */
public record ClassFacts(
        String name,
        SortedSet<String> lines,
        SortedSet<String> mapped,
        boolean hasMap,
        int nameless,
        SortedSet<String> methods,
        SortedSet<String> returning) {

    /** Reads a class file. */
    public static ClassFacts of(byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, ClassReader.SKIP_FRAMES);
        String name = type.name.replace('/', '.');
        SourceMap map = new SourceMap(type.sourceFile, type.sourceDebug);
        SortedSet<String> lines = new TreeSet<>();
        SortedSet<String> plain = new TreeSet<>();
        SortedSet<String> methods = new TreeSet<>();
        SortedSet<String> returning = new TreeSet<>();
        Set<Integer> nameless = new TreeSet<>();
        for (MethodNode method : type.methods) {
            if ((method.access & Opcodes.ACC_BRIDGE) == 0 && method.instructions.size() > 0) {
                methods.add(method.name);
                if (returns(method)) {
                    returning.add(method.name);
                }
                for (int number : numbers(method)) {
                    Optional<SourceMap.Line> line = map.line(number);
                    line.map(at -> location(name, map, at)).ifPresentOrElse(lines::add, () -> nameless.add(number));
                    plain.add(name + ":" + number);
                }
            }
        }
        SortedSet<String> mapped = new TreeSet<>(lines);
        mapped.removeAll(plain);
        return new ClassFacts(name, lines, mapped, type.sourceDebug != null, nameless.size(), methods, returning);
    }

    /**
     * The same class with some of its lines only.
     *
     * @param from the first of them, from 0
     * @param most how many; the first such part has the methods too
     */
    public ClassFacts part(int from, int most) {
        SortedSet<String> some = lines.stream().skip(from).limit(most).collect(Collectors.toCollection(TreeSet::new));
        SortedSet<String> someMapped = new TreeSet<>(mapped);
        someMapped.retainAll(some);
        return from == 0
                ? new ClassFacts(name, some, someMapped, hasMap, nameless, methods, returning)
                : new ClassFacts(name, some, someMapped, hasMap, 0, new TreeSet<>(), new TreeSet<>());
    }

    private static String location(String className, SourceMap map, SourceMap.Line line) {
        return (map.isOwn(line) ? className : line.file()) + ":" + line.number();
    }

    private static boolean returns(MethodNode method) {
        for (AbstractInsnNode node : method.instructions) {
            if (node.getOpcode() >= Opcodes.IRETURN && node.getOpcode() <= Opcodes.RETURN) {
                return true;
            }
        }
        return false;
    }

    private static Set<Integer> numbers(MethodNode method) {
        Set<Integer> numbers = new TreeSet<>();
        int number = -1;
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof LineNumberNode named) {
                number = named.line;
            } else if (node.getOpcode() >= 0 && number >= 0) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
