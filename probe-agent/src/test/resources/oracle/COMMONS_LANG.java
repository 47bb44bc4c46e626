package org.apache.commons.lang3;

import java.util.Locale;
import org.apache.commons.lang3.builder.HashCodeBuilder;
import org.apache.commons.lang3.builder.ToStringBuilder;
import org.apache.commons.lang3.builder.ToStringStyle;
import org.apache.commons.lang3.math.Fraction;
import org.apache.commons.lang3.math.NumberUtils;
import org.apache.commons.lang3.text.WordUtils;

/** Everyday calls. Rounds are given by a system property, for the long proof. */
@SuppressWarnings("deprecation")
public class OracleRun {
    private static final String[] TEXTS = {
        "", " ", "a", "Hello World", "the quick brown fox jumps over the lazy dog", "x,y,,z", "1.5e3", "0x1F", "-42L",
        "\u00e4\u00f6\u00fc \ud83d\ude00", "camelCaseText", "a=b;c=d", "aaaaaaaa", "  trim me  ", "12/34", "-1.25", "null"
    };

    public static void main(String[] args) {
        int rounds = Integer.getInteger("rounds", 1);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < TEXTS.length; i += rounds == 1 ? 3 : 1) {
                strings(TEXTS[i], TEXTS[(round * 7 + i) % TEXTS.length]);
                numbers(TEXTS[i]);
            }
        }
    }

    private static void strings(String a, String b) {
        StringUtils.abbreviate(a, 10);
        StringUtils.abbreviateMiddle(a, "..", 8);
        StringUtils.capitalize(a);
        StringUtils.swapCase(a);
        StringUtils.center(a, 12, '*');
        StringUtils.leftPad(a, 12, "ab");
        StringUtils.difference(a, b);
        StringUtils.indexOfDifference(a, b);
        StringUtils.getCommonPrefix(a, b);
        StringUtils.getLevenshteinDistance(StringUtils.left(a, 8), StringUtils.left(b, 8));
        StringUtils.getLevenshteinDistance(StringUtils.left(a, 8), StringUtils.left(b, 8), 3);
        StringUtils.getJaroWinklerDistance(StringUtils.left(a, 8), StringUtils.left(b, 8));
        StringUtils.split(a, " ,;");
        StringUtils.splitByCharacterTypeCamelCase(a);
        StringUtils.splitPreserveAllTokens(a, ',');
        StringUtils.replaceEach(a, new String[] {"a", "o"}, new String[] {"oo", "u"});
        StringUtils.normalizeSpace(a);
        StringUtils.isNumeric(a);
        StringUtils.isMixedCase(a);
        StringUtils.countMatches(a, "a");
        StringUtils.substringsBetween(a, "a", "o");
        StringUtils.containsAny(a, 'x', 'y');
        StringUtils.stripAccents(a);
        StringUtils.reverseDelimited(a, ' ');
        StringUtils.rotate(a, 2);
        StringUtils.join(new int[] {1, 2, 3}, ',');
        StringUtils.wrapIfMissing(a, "'");
        WordUtils.wrap(a, 9);
        WordUtils.capitalizeFully(a);
        WordUtils.initials(a);
        CharSetUtils.count(a, "a-f", "^x");
        new HashCodeBuilder().append(a).append(b.length()).append(new int[] {1, 2}).toHashCode();
        new ToStringBuilder(a, ToStringStyle.SHORT_PREFIX_STYLE).append("b", b).append("n", new Object[] {1, null}).toString();
        ArrayUtils.removeElements(a.toCharArray(), 'a', 'o');
        ArrayUtils.shift(a.toCharArray(), 2);
        BooleanUtils.toBooleanObject(a);
        LocaleUtils.localeLookupList(Locale.GERMANY);
    }

    private static void numbers(String text) {
        NumberUtils.isCreatable(text);
        NumberUtils.isParsable(text);
        NumberUtils.toInt(text, -1);
        try {
            NumberUtils.createNumber(text);
        } catch (NumberFormatException e) {
            NumberUtils.max(1, 2, text.length());
        }
        try {
            Fraction.getFraction(text).add(Fraction.getFraction(1, 3)).pow(2).reduce().toProperString();
        } catch (ArithmeticException | IllegalArgumentException e) {
            Fraction.getFraction(0.375).compareTo(Fraction.ONE_THIRD);
        }
    }
}
