using Microsoft.Playwright;

namespace ITwinOrleans.WebClient.Tests.Browser;

/// <summary>Compares pictures in the browser, which can decode them.</summary>
public static class PictureComparer
{
    /// <summary>A channel may differ by this much (of 255) before its pixel counts: rounding, not drawing.</summary>
    private const int Tolerance = 8;

    private const string Script = """
        async ([first, second, tolerance]) => {
          const pixels = async (url) => {
            const image = new Image();
            image.src = url;
            await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            return context.getImageData(0, 0, image.width, image.height);
          };
          const [a, b] = [await pixels(first), await pixels(second)];
          if (a.width !== b.width || a.height !== b.height) return 1;
          let different = 0;
          for (let i = 0; i < a.data.length; i += 4)
            if ([0, 1, 2].some((channel) => Math.abs(a.data[i + channel] - b.data[i + channel]) > tolerance)) different++;
          return different / (a.width * a.height);
        }
        """;

    private const string BusiestScript = """
        async ([url]) => {
          const image = new Image();
          image.src = url;
          await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          const { data } = context.getImageData(0, 0, image.width, image.height);
          const counts = new Map();
          for (let i = 0; i < data.length; i += 4) {
            const color = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
            counts.set(color, (counts.get(color) ?? 0) + 1);
          }
          return Math.max(...counts.values()) / (data.length / 4);
        }
        """;

    /// <summary>The share of pixels that differ, 0 to 1; 1 if the sizes differ.</summary>
    /// <param name="page">Any page; only its decoder is used.</param>
    /// <param name="first">A picture as a data URL.</param>
    /// <param name="second">Another.</param>
    public static Task<double> DifferenceAsync(this IPage page, string first, string second) =>
        page.EvaluateAsync<double>(Script, new object[] { first, second, Tolerance });

    /// <summary>The share of the most frequent colour, 0 to 1: a blank picture has 1.</summary>
    public static Task<double> LargestColourAsync(this IPage page, string picture) => page.EvaluateAsync<double>(BusiestScript, new object[] { picture });

    /// <summary>A PNG as a data URL.</summary>
    public static string ToDataUrl(byte[] png) => "data:image/png;base64," + Convert.ToBase64String(png);
}
