package io.plumbline.pipeline.control.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LineLayoutTest {
    private static String[] laidOut(String text, int... pairs) {
        return LineLayout.of(text, pairs).text().split("\n", -1);
    }

    @Test
    void lines_standWhereTheyStood_withHeadersBefore_andEndsBehind() {
        String[] lines = laidOut(
                "class A {\n   void a() {\n      one();\n   }\n\n   void b() {\n      two();\n   }\n}", 5, 3, 11, 7);

        assertThat(lines[2]).isEqualTo("class A {");
        assertThat(lines[3]).isEqualTo("   void a() {");
        assertThat(lines[4]).isEqualTo("      one();");
        assertThat(lines[5]).isEqualTo("   }");
        assertThat(lines[9]).isEqualTo("   void b() {");
        assertThat(lines[10]).isEqualTo("      two();");
    }

    @Test
    void members_comeInTheOrderOfTheirLines() {
        LineLayout.LaidOut laidOut = LineLayout.of(
                "class A {\n   void late() {\n      one();\n   }\n\n   void early() {\n      two();\n   }\n\n   class B {\n      int c = 3;\n   }\n}",
                new int[] {9, 3, 3, 7, 6, 11});
        String[] lines = laidOut.text().split("\n");

        assertThat(lines[2]).contains("two();");
        assertThat(lines[5]).contains("int c = 3;");
        assertThat(lines[8]).contains("one();");
        assertThat(laidOut.placed()).containsExactly(3, 6, 9);
    }

    @Test
    void whatFindsNoRoom_standsBeside_andNoCommentTakesItIn() {
        String[] lines = laidOut("class A {\n   // see \"//\"\n   int a = 1; // one\n   int b = 2;\n}", 1, 3, 1, 4);

        assertThat(lines[0]).isEqualTo("class A { /* see \"//\" */ int a = 1; /* one */ int b = 2;");
    }

    @Test
    void whatWouldGoUp_staysBehind_andIsNotPlaced() {
        LineLayout.LaidOut laidOut =
                LineLayout.of("class A {\n   void a() {\n      one();\n      two();\n   }\n}", new int[] {5, 3, 3, 4});

        assertThat(laidOut.text().split("\n")[4]).isEqualTo("      one(); two();");
        assertThat(laidOut.placed()).containsExactly(5);
    }

    @Test
    void aDecompiledClass_hasItsCodeAtItsLines() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String name : List.of("", "$Inner")) {
            try (InputStream in = Decompiled.class.getResourceAsStream("Decompiled" + name + ".class")) {
                files.put(Decompiled.class.getName() + name, in.readAllBytes());
            }
        }
        Vineflower.Text text = Vineflower.decompile(Decompiled.class.getName(), files);
        LineLayout.LaidOut laidOut = LineLayout.of(text.text(), text.pairs());
        String[] lines = laidOut.text().split("\n");

        TreeSet<Integer> known = new TreeSet<>();
        for (int i = 0; i < text.pairs().length; i += 2) {
            known.add(text.pairs()[i]);
        }
        assertThat(known).containsExactly(8, 9, 10, 15, 16, 18, 23);
        assertThat(laidOut.placed()).as("one statement of three lines").containsExactly(8, 9, 10, 15, 23);
        assertThat(lines[8 - 1]).contains("number * 2");
        assertThat(lines[10 - 1]).contains("return result");
        assertThat(lines[15 - 1]).contains("given.isEmpty()");
        assertThat(lines[23 - 1]).contains("return count");
        assertThat(laidOut.text()).contains("class Inner");
    }
}
