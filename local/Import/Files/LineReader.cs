using System.Text;

namespace Aisle.Local.Import.Files;

/// <summary>Reads lines of bounded length, so that a file without line ends cannot fill the memory.</summary>
/// <param name="text">The file; stays the caller's.</param>
internal sealed class LineReader(TextReader text)
{
    /// <summary>The longest line that is kept.</summary>
    public const int MostCharacters = 1 << 22;

    private readonly char[] _buffer = new char[1 << 14];
    private readonly StringBuilder _line = new();
    private int _next;
    private int _filled;

    /// <summary>The present line's number, from 1; 0 before the first.</summary>
    public long Number { get; private set; }

    /// <summary>The present line without its end; the beginning of one that is too long.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether the present line was too long to be kept.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Goes to the next line.</summary>
    /// <returns>False at the end of the file.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        _line.Clear();
        IsTooLong = false;
        bool any = false;
        while (await FillAsync(cancellationToken))
        {
            any = true;
            int end = Array.IndexOf(_buffer, '\n', _next, _filled - _next);
            Keep(end < 0 ? _filled : end);
            if (end >= 0)
            {
                _next = end + 1;
                break;
            }

            _next = _filled;
        }

        Number += any ? 1 : 0;
        Text = _line.ToString().Trim('\uFEFF', '\r');
        return any;
    }

    private void Keep(int end)
    {
        int room = MostCharacters - _line.Length;
        int length = end - _next;
        IsTooLong |= length > room;
        _line.Append(_buffer, _next, Math.Min(length, room));
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_next < _filled)
        {
            return true;
        }

        _next = 0;
        _filled = await text.ReadAsync(_buffer, cancellationToken);
        return _filled > 0;
    }
}
